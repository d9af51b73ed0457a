import ProcureCommands

@main struct App {
  static func main() async { await Procure.start() }
}
