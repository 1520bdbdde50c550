"""What holds for all tests: none fails because the machine is slow or at other work.

What the tests of several rooms share lies beside this file.
"""

import sys
from pathlib import Path

from hypothesis import HealthCheck, settings

settings.register_profile(
    "any-machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any-machine")
sys.path.insert(0, str(Path(__file__).parent))
