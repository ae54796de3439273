"""What the keeper leaves in Redis for the pages."""

# The time of its last sample; expires, so its absence says that the keeper is gone.
KEEPER, KEEPER_TTL_S = "taxai:keeper", 10
# Which keeper does the work.
LEASE = "taxai:keeper:lease"
# Which keeper samples a machine; the machine's name stands behind it.
SAMPLING_LEASE = "taxai:keeper:sampling"
# The model server as JSON.
MODEL, MODEL_TTL_S = "taxai:model", 60
# The process that holds the model, as JSON.
MODEL_PROCESS = "taxai:model:process"
