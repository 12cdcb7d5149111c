"""What readers may see: published packs."""
