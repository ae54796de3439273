# shellcheck shell=bash disable=SC2034,SC2154 # deploy.sh and its files share their variables
# What is wrong, in words, each with what to do.

# From here on a disk is called nearly full.
DISK_PERCENT=90

well() { say "✓ $*"; }
wrong() {
    say "✗ $*"
    troubles=$((troubles + 1))
}

doctor() {
    local rows
    troubles=0
    if ! engine_is_usable; then
        wrong "$engine_trouble"
        return 1
    fi
    well "Docker runs, with Compose."
    if [ "$(engine '{{.MemoryLimit}}')" = false ]; then
        wrong "This system does not let Docker limit memory, so no cap holds. Switch the memory controller on (kernel parameters cgroup_enable=memory swapaccount=1) and start it anew."
    fi
    look_at_memory
    if [ -f "$here/.env" ] && over_committed; then wrong "$over_trouble"; fi
    if secret_lost; then wrong "$secret_trouble"; fi
    if port_is_free; then well "The pages have port $(value TAXAI_HTTP_PORT 8501)."; else wrong "$port_trouble"; fi
    if [ -n "$(containers)" ]; then
        look_at_services
        rows=$(health_rows)
        tell_health "$rows"
        # What is told there reaches back a day and is not told again.
        case $rows in *"! Killed:"*) ;; *) look_at_kills ;; esac
        look_at_model
        look_at_disk
    else
        wrong "TaxAI does not run. Start it with: $me up"
    fi
    [ "$troubles" -eq 0 ]
}

# The plan says what is too small and what would be enough.
look_at_memory() {
    local table enough
    if ! has_image; then
        say "- The image is not built yet; $me up does that."
        return
    fi
    if ! table=$(plan "" 2>&1); then
        wrong "$table"
        return
    fi
    well "This machine bears the services: $(printf '%s\n' "$table" | head -n 1)."
    printf '%s\n' "$table" | grep '^- ' | sed 's/^-/ -/' || true
    enough=$(printf '%s\n' "$table" | sed -n 's/.*machine with \([0-9]*\)\.[0-9]* GB.*/\1/p' | sort -n | tail -n 1)
    if [ -n "$enough" ] && is_docker_desktop; then
        say "  - Docker Desktop has a memory of its own: Settings, Resources, Memory; $((enough + 1)) GB would be enough."
    fi
}

look_at_services() {
    local service name state status said bad=
    while IFS='|' read -r service name state status; do
        case $service/$state/$status in
            migrate/exited/Exited\ \(0\)*) continue ;;
            migrate/exited/*)
                bad=1
                wrong "The database could not be brought to this version: $(docker logs --tail 3 "$name" 2>&1 | tr '\n' ' ')"
                ;;
            */running/*unhealthy*)
                bad=1
                said=$(docker inspect --format '{{with .State.Health}}{{range .Log}}{{println .Output}}{{end}}{{end}}' "$name" | grep . | tail -n 3 || true)
                wrong "$name is not well${said:+. It says: $said}. If it stays so: $me logs $service"
                ;;
            */running/*starting*) say "- $name is still starting." ;;
            */running/*) ;;
            *)
                bad=1
                wrong "$name does not run ($status). See why with: $me logs $service; start it with: $me up"
                ;;
        esac
    done <<END
$(containers)
END
    [ -n "$bad" ] || well "All services run."
}

# What `taxai health` says of each part, without the blanks of its columns; nothing where the app
# cannot be asked.
health_rows() {
    local name
    name=$(running app)
    [ -n "$name" ] || return 0
    docker exec "$name" taxai health --no-ai 2>/dev/null |
        grep -e '^✓ ' -e '^! ' -e '^✗ ' | sed 's/   */: /g' || true
}

tell_health() {
    local sign row unwell=
    while read -r sign row; do
        case $sign in
            !) say "! $row" ;;
            ✗) wrong "$row" ;;
            *) continue ;;
        esac
        unwell=1
    done <<END
$1
END
    if [ -z "$1" ]; then
        say "- taxai health could not be asked."
    elif [ -z "$unwell" ]; then
        well "All that taxai health looks at is well."
    fi
}

# A service that was killed for its memory may run again by now, so the engine's events are read too.
# It keeps the last 256 only, which is some minutes.
look_at_kills() {
    local service name state status killed cap
    while IFS='|' read -r service name state status; do
        read -r killed cap <<END
$(docker inspect --format '{{.State.OOMKilled}} {{.HostConfig.Memory}}' "$name")
END
        if [ "$killed" = true ] || docker events --since 24h --until "$(date +%s)" --filter event=oom \
            --filter "container=$name" --format '{{.Action}}' 2>/dev/null | grep -q .; then
            wrong "$name ran out of memory; its cap is $((cap / 1048576)) MB. $(more_memory "$service")"
        fi
    done <<END
$(containers)
END
}

more_memory() {
    case $1 in
        ollama) say "Choose a smaller model, or give it more: OLLAMA_MEMORY in docker/.env, then $me up." ;;
        extract) say "Its document is failed or read again and the others go on. For more: fewer EXTRACT_WORKERS and a larger EXTRACT_MEMORY in docker/.env, then $me up." ;;
        *) say "Give it more: $(upper "$1")_MEMORY in docker/.env, then $me up." ;;
    esac
}

look_at_model() {
    local model
    model=$(value OLLAMA_MODEL "")
    if [ -z "$model" ] || [ -z "$(running ollama)" ]; then return; fi
    if has_model "$model"; then
        well "The model $model is here."
    else
        wrong "The model $model is not here yet. Fetch it with: $me pull"
    fi
}

look_at_disk() {
    local name percent
    name=$(running app)
    [ -n "$name" ] || return 0
    percent=$(docker exec "$name" df -Pk /data 2>/dev/null | awk 'NR == 2 { print $5 + 0 }')
    if [ "${percent:-0}" -ge "$DISK_PERCENT" ]; then
        wrong "The disk with the papers is $percent % full. Delete what you do not need, or give Docker more space; docker system prune removes images that nothing uses."
    else
        well "The disk with the papers is ${percent:-0} % full."
    fi
}
