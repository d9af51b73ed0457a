import Foundation

/// The functions of the HiGHS C interface that we call, found in a library loaded at run time.
///
/// Declared here because the solver's binary distribution carries no headers
/// (`highs_c_api.h` of HiGHS 1.15, 32-bit `HighsInt`).
struct HiGHSLibrary: Sendable {
  typealias Handle = UnsafeMutableRawPointer
  typealias Doubles = UnsafeMutablePointer<Double>
  typealias Integers = UnsafeMutablePointer<Int32>
  typealias Name = UnsafePointer<CChar>
  /// type, message, data out, data in, the caller's own pointer.
  typealias Callback =
    @convention(c) @Sendable (
      Int32, Name?, UnsafeRawPointer?, UnsafeMutablePointer<Int32>?, UnsafeMutableRawPointer?
    ) -> Void

  typealias Number = @convention(c) @Sendable () -> Int32
  typealias Create = @convention(c) @Sendable () -> Handle?
  typealias Destroy = @convention(c) @Sendable (Handle) -> Void
  typealias Act = @convention(c) @Sendable (Handle) -> Int32
  typealias ReadModel = @convention(c) @Sendable (Handle, Name) -> Int32
  typealias PassModel =
    @convention(c) @Sendable (
      Handle, Int32, Int32, Int32, Int32, Int32, Double, Doubles, Doubles, Doubles, Doubles, Doubles,
      Integers, Integers, Doubles, Integers
    ) -> Int32
  typealias GetModel =
    @convention(c) @Sendable (
      Handle, Int32, Integers, Integers, Integers, Integers, Doubles, Doubles, Doubles, Doubles, Doubles,
      Doubles, Integers, Integers, Doubles, Integers
    ) -> Int32
  typealias SetInteger = @convention(c) @Sendable (Handle, Name, Int32) -> Int32
  typealias SetDouble = @convention(c) @Sendable (Handle, Name, Double) -> Int32
  typealias GetInteger = @convention(c) @Sendable (Handle, Name, Integers) -> Int32
  typealias GetDouble = @convention(c) @Sendable (Handle, Name, Doubles) -> Int32
  typealias FourVectors = @convention(c) @Sendable (Handle, Doubles?, Doubles?, Doubles?, Doubles?) -> Int32
  typealias SetCallback = @convention(c) @Sendable (Handle, Callback?, UnsafeMutableRawPointer?) -> Int32
  typealias StartCallback = @convention(c) @Sendable (Handle, Int32) -> Int32
  typealias SetBounds = @convention(c) @Sendable (Handle, Int32, Int32, Doubles, Doubles) -> Int32

  let path: String
  let version: HiGHSVersion
  let create: Create
  let destroy: Destroy
  let run: Act
  let readModel: ReadModel
  let passModel: PassModel
  let getModel: GetModel
  let columnCount: Act
  let rowCount: Act
  let entryCount: Act
  let setBool: SetInteger
  let setInteger: SetInteger
  let setDouble: SetDouble
  let integerInfo: GetInteger
  let doubleInfo: GetDouble
  let modelStatus: Act
  let solution: FourVectors
  let setSolution: FourVectors
  let setCallback: SetCallback
  let startCallback: StartCallback

  /// Loads the library at `path` and looks up every function; throws on the first that is not there.
  init(path: String) throws(SolverError) {
    guard let library = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
      throw .libraryUnreadable(path: path, reason: dlerror().map { String(cString: $0) } ?? "unknown")
    }
    let symbols = Symbols(library: library, path: path)
    self.path = path
    version = HiGHSVersion(
      major: Int(try symbols.find("versionMajor", as: Number.self)()),
      minor: Int(try symbols.find("versionMinor", as: Number.self)()),
      patch: Int(try symbols.find("versionPatch", as: Number.self)())
    )
    create = try symbols.find("create", as: Create.self)
    destroy = try symbols.find("destroy", as: Destroy.self)
    run = try symbols.find("run", as: Act.self)
    readModel = try symbols.find("readModel", as: ReadModel.self)
    passModel = try symbols.find("passMip", as: PassModel.self)
    getModel = try symbols.find("getLp", as: GetModel.self)
    columnCount = try symbols.find("getNumCol", as: Act.self)
    rowCount = try symbols.find("getNumRow", as: Act.self)
    entryCount = try symbols.find("getNumNz", as: Act.self)
    setBool = try symbols.find("setBoolOptionValue", as: SetInteger.self)
    setInteger = try symbols.find("setIntOptionValue", as: SetInteger.self)
    setDouble = try symbols.find("setDoubleOptionValue", as: SetDouble.self)
    integerInfo = try symbols.find("getIntInfoValue", as: GetInteger.self)
    doubleInfo = try symbols.find("getDoubleInfoValue", as: GetDouble.self)
    modelStatus = try symbols.find("getModelStatus", as: Act.self)
    solution = try symbols.find("getSolution", as: FourVectors.self)
    setSolution = try symbols.find("setSolution", as: FourVectors.self)
    setCallback = try symbols.find("setCallback", as: SetCallback.self)
    startCallback = try symbols.find("startCallback", as: StartCallback.self)
  }
}

/// Functions of a loaded library by name.
private struct Symbols {
  let library: UnsafeMutableRawPointer
  let path: String

  func find<Function>(_ name: String, as type: Function.Type) throws(SolverError) -> Function {
    guard let symbol = dlsym(library, "Highs_" + name) else {
      throw .libraryUnreadable(path: path, reason: "it has no function Highs_\(name)")
    }
    return unsafeBitCast(symbol, to: type)
  }
}
