import ArgumentParser

await SitingBenchmark.main()
