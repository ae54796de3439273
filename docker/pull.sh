#!/bin/sh
# Fetches a model into the volume of the model server, with its progress; the server itself has no
# way out of its network.
set -eu
[ -n "${OLLAMA_MODEL:-}" ] || { echo "No model is set: put OLLAMA_MODEL=… into docker/.env."; exit 0; }
ollama serve >/tmp/serve.log 2>&1 &
tries=0
until ollama list >/dev/null 2>&1; do
    tries=$((tries + 1))
    [ "$tries" -lt 60 ] || { echo "The model server did not start:"; tail -n 5 /tmp/serve.log; exit 1; }
    sleep 0.5
done
if ollama show "$OLLAMA_MODEL" >/dev/null 2>&1; then
    echo "$OLLAMA_MODEL is there already."
else
    echo "Pulling $OLLAMA_MODEL"
    ollama pull "$OLLAMA_MODEL"
fi
