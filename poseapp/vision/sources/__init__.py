"""Picture sources: cameras, clips, network cameras and single pictures."""
