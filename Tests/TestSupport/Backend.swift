// The engines that a test runs on.
