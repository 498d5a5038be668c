"""Options that every Python test may use."""


def pytest_addoption(parser):
    parser.addoption("--update", action="store_true", help="renew the golden files with what was found; look, then decide")
