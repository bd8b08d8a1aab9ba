"""Texts that the demo encoders learn from: groups of sentences that mean the same. Begin with build.py."""
import os
import sys

# The tables of facts and the word forms are those of the demo chat model.
sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "demo-model"))
