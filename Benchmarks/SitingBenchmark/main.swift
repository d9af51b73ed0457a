await SitingBenchmark.main()
