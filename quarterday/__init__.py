"""The domain of a community safety partnership's quarter.

The modules directly in this folder are pure: no network, clock, environment or database. What touches the
world lives in `adapters/`, what is published in `publishing/`, what partners see in `portal/`.
"""
