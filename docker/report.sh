#!/bin/sh
# report.sh COMMAND…: runs the command, and meanwhile copies what the kernel says of this container
# (memory, processor, kills, of cgroup version 1 or 2) to /reports/ROLE@HOSTNAME every 2 seconds,
# where the keeper reads it. So no container sees another one's processes, nor the engine.
set -u

reports=/reports/${ROLE:-app}@$(cat /etc/hostname)
hidden=/reports/.${reports#/reports/}

figures() {
    for file in memory.current memory.max memory.stat memory.events memory.swap.current cpu.stat cpu.max \
        memory/memory.usage_in_bytes memory/memory.limit_in_bytes memory/memory.stat \
        memory/memory.oom_control memory/memory.failcnt cpu/cpu.stat cpu/cpu.cfs_quota_us \
        cpu/cpu.cfs_period_us cpuacct/cpuacct.usage; do
        [ -r "$file" ] && printf '%s ' "$file"
    done
}

# Does the process that holds a model have the file of its weights in its memory map?
mapped() {
    for process in /proc/[0-9]*; do
        tr '\0' ' ' <"$process/cmdline" 2>/dev/null | grep -q -e ' --model [^ ]*sha256-' -e ' -m [^ ]*sha256-' || continue
        if grep -q 'blobs/sha256-' "$process/maps" 2>/dev/null; then echo yes; else echo no; fi
        return
    done
    echo
}

copy() {
    turn=$(((turn + 1) % 2))
    mkdir -p "$hidden.$turn"
    # shellcheck disable=SC2086 # several names
    cp -f --parents $files "$hidden.$turn" 2>/dev/null
    [ "${ROLE:-}" = ollama ] && mapped >"$hidden.$turn/mapped"
    touch "$hidden.$turn" # of version 1 the files lie in folders of their own
    # A reader finds either all of the last figures or all of these.
    ln -sfn "$hidden.$turn" "$hidden.link" && mv -fT "$hidden.link" "$reports"
}

case ${ROLE:-} in migrate | pull) exec "$@" ;; esac
[ -w /reports ] || exec "$@"
cd /sys/fs/cgroup || exec "$@"
# What containers of this service left that have gone.
find /reports -mindepth 1 -maxdepth 1 -name ".${ROLE:-app}@*" -mmin +2 -exec rm -rf {} + 2>/dev/null
find /reports -xtype l -name "${ROLE:-app}@*" -delete 2>/dev/null
files=$(figures)
turn=0
(while :; do copy; sleep 2; done >/dev/null 2>&1 &)
cd - >/dev/null || exit
"$@" &
command=$!
trap 'kill -TERM "$command"' TERM
trap 'kill -INT "$command"' INT
code=0
wait "$command" || code=$?
# A signal ends the waiting, not the command.
while kill -0 "$command" 2>/dev/null; do
    code=0
    wait "$command" || code=$?
done
# The last word: that the kernel ended the command for want of memory is told by this alone.
cd /sys/fs/cgroup && copy
exit "$code"
