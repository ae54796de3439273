"""What the keeper leaves in Redis for the pages."""

from ..observe.heartbeat import KEEPER as KEEPER
from ..observe.heartbeat import KEEPER_TTL_S as KEEPER_TTL_S

# Which keeper does the work.
LEASE = "taxai:keeper:lease"
# That one lives which is not there to stand in for others; so often it says so.
FIRST, FIRST_TTL_S = "taxai:keeper:first", 10
# Which keeper samples a machine; the machine's name stands behind it.
SAMPLING_LEASE = "taxai:keeper:sampling"
# The model server as JSON.
MODEL, MODEL_TTL_S = "taxai:model", 60
# The process that holds the model, as JSON.
MODEL_PROCESS = "taxai:model:process"
