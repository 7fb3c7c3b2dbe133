//! The library of the tests' package is empty: the tests are in its other targets.
