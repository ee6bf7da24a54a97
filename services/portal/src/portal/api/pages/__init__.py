"""What every page of the portal needs: its doors, its face, its sessions, its stream."""
