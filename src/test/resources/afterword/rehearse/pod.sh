# Becomes one pod's container, within a mount namespace of its own:
#   pod.sh ROOT USER LIMIT_FILE=BYTES|- FROM=TO... -- COMMAND...
# A FROM that is a number is a writable folder of so many bytes; all else is read-only, the root too.
set -eu
root=$1 user=$2 group=$3
shift 3

if [ "$group" != - ]; then
  echo "${group#*=}" >"${group%=*}"
  echo $$ >"$(dirname "${group%=*}")/cgroup.procs"
fi

mount --make-rprivate /
mount -t tmpfs -o mode=755 afterword "$root"
mkdir "$root/dev" "$root/proc" "$root/sys"
mount --rbind /dev "$root/dev"
mount --rbind /proc "$root/proc"
# For the Java runtime, which reads its limits there.
mount --rbind /sys "$root/sys"

while [ "$1" != -- ]; do
  from=${1%%=*} to=$root${1#*=}
  mkdir -p "$to"
  case $from in
    /*)
      mount --bind "$from" "$to"
      mount -o remount,bind,ro "$to"
      ;;
    *) mount -t tmpfs -o "size=$from,mode=1777" afterword "$to" ;;
  esac
  shift
done
shift

mount -o remount,ro "$root"
exec setpriv --no-new-privs chroot --userspec="$user:$user" --groups= "$root" "$@"
