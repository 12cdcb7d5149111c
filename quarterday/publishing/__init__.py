"""What the boards and the public get: protected tables, charts, packs, and the release that holds them."""
