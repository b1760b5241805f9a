#!/bin/sh
# Put poseapp into this user's menu of applications. Run it again after the folder was moved.
set -eu
folder=$(cd "$(dirname "$0")" && pwd)
menu=${XDG_DATA_HOME:-$HOME/.local/share}/applications
mkdir -p "$menu"
{
    while IFS= read -r line; do
        case $line in
            Exec=*) printf 'Exec="%s/poseapp"\n' "$folder" ;;
            Icon=*) printf 'Icon=%s/poseapp.png\n' "$folder" ;;
            *) printf '%s\n' "$line" ;;
        esac
    done <"$folder/poseapp.desktop"
} >"$menu/poseapp.desktop"
echo "poseapp is in the menu of applications now."
