"""Quarters that change while they run: whatever `config/`, partners and officers do, the words stay true."""
