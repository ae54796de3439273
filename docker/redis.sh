#!/bin/sh
# The queue: it keeps what it was given on disk, and refuses more rather than drop a job.
exec redis-server - --dir /data --appendonly yes --appendfsync everysec --save '' \
    --maxmemory "$REDIS_MAXMEMORY" --maxmemory-policy noeviction <<END
requirepass $(cat /run/secrets/taxai_redis_password)
END
