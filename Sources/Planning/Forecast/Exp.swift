import Glibc
func X(_ n: String, _ d: Double) -> Double { getenv("X_" + n).flatMap { Double(String(cString: $0)) } ?? d }
