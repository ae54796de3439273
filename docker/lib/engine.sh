# shellcheck shell=bash disable=SC2034,SC2154 # deploy.sh and its files share their variables
# The container engine: is it there, what has the machine, and which files make the stack.

# Sets $engine_trouble where the engine cannot be used.
engine_is_usable() {
    local answer
    if ! command -v docker >/dev/null; then
        engine_trouble="Docker is not installed. Install Docker Desktop (macOS, Windows) or Docker Engine with its Compose plugin (Linux): https://docs.docker.com/get-docker"
    elif ! answer=$(docker version --format '{{.Server.Version}}' 2>&1); then
        case $answer in
            *[Pp]ermission\ denied*) engine_trouble="You may not use Docker: run 'sudo usermod -aG docker $(id -un)', then log out and in again." ;;
            *) engine_trouble="Docker is installed but does not run. Start Docker Desktop, or run 'sudo systemctl start docker'." ;;
        esac
    elif ! docker compose version >/dev/null 2>&1; then
        engine_trouble="Docker has no Compose v2. Install the package docker-compose-plugin (or docker-compose-v2), or update Docker Desktop."
    else
        return 0
    fi
    return 1
}

need_engine() { engine_is_usable || fail "$engine_trouble"; }

engine() { docker info --format "$1" 2>/dev/null || true; }

is_docker_desktop() { [ "$(engine '{{.OperatingSystem}}')" = "Docker Desktop" ]; }

# The memory in MB of the largest card that the engine can hand to a container; 0 without one.
# The driver's program alone says nothing of the engine, nor the engine's runtime of a card.
gpu_mb() {
    local cards
    if cards=$(nvidia-smi --query-gpu=memory.total --format=csv,noheader,nounits 2>/dev/null); then
        if engine '{{json .Runtimes}}' | grep -q '"nvidia"' ||
            engine '{{json .DiscoveredDevices}}' | grep -q 'nvidia\.com/gpu'; then
            printf '%s\n' "$cards" | grep -E '^[0-9]+$' | sort -n | tail -n 1 | grep . && return
        fi
    fi
    echo 0
}

machine_words() {
    local gpu where="this machine"
    gpu=$(gpu_mb)
    if is_docker_desktop; then where="Docker Desktop"; fi
    printf '%s: %s GB of memory, %s processors, ' "$where" \
        "$(engine '{{.MemTotal}}' | awk '{ printf "%.1f", $1 / 1073741824 }')" "$(engine '{{.NCPU}}')"
    if [ "$gpu" = 0 ]; then echo "no graphics card for the model"; else echo "a graphics card with $gpu MB"; fi
}

upper() { printf '%s' "$1" | tr '[:lower:]' '[:upper:]'; }

image() { value TAXAI_IMAGE taxai:local; }

# Is the image there, with what an object store needs where there is one?
has_image() {
    local s3
    s3=$(docker image inspect --format '{{index .Config.Labels "taxai.s3"}}' "$(image)" 2>/dev/null) || return 1
    ! is_shared || [ "$s3" = 1 ]
}

# How `taxai plan` shares this machine: $1 is the form of the answer, --env or nothing.
plan() {
    local options=() model service cap
    [ -z "${1-}" ] || options+=("$1")
    if model=$(own_value OLLAMA_MODEL); then options+=(--model "${model:-none}"); fi
    if has_postgres; then options+=(--postgres); fi
    if is_on TAXAI_OBSERVE; then options+=(--observe); fi
    for service in redis app extract ask keeper ollama; do
        if cap=$(own_value "$(upper "$service")_MEMORY"); then options+=(--cap "$service=$cap"); fi
    done
    docker run --rm --network none --entrypoint taxai "$(image)" plan \
        --memory "$(engine '{{.MemTotal}}')" --cpus "$(engine '{{.NCPU}}')" \
        --gpu "$(gpu_mb)M" ${options[@]+"${options[@]}"}
}

# The files that make the stack, as Compose wants them in COMPOSE_FILE.
compose_files() {
    local names="compose.yml"
    if [ "$(gpu_mb)" = 0 ]; then names+=":compose.cpu.yml"; else names+=":compose.gpu.yml"; fi
    if has_postgres; then names+=":compose.postgres.yml"; fi
    if is_shared; then names+=":compose.shared.yml"; fi
    if is_on TAXAI_OBSERVE; then names+=":compose.observe.yml"; fi
    say "$names"
}

compose() {
    local names files=()
    names=$(compose_files):
    while [ -n "$names" ]; do
        files+=(--file "$here/${names%%:*}")
        names=${names#*:}
    done
    docker compose --project-name "$project" --project-directory "$here" \
        --env-file "$here/.env" "${files[@]}" "$@"
}
