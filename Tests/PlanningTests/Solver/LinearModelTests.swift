import Planning
import Testing

struct LinearModelTests {
  @Test func `a column named twice in a row is summed`() {
    var model = LinearModel(.minimize)
    let x = model.addColumn()
    let y = model.addColumn()
    model.addRow([.init(2, y), .init(1, x), .init(3, y)], upper: 9)
    #expect(model.terms(ofRow: 0) == [.init(1, x), .init(5, y)])
  }

  @Test func `a whole row over integers is allowed no error at all`() {
    var model = LinearModel(.minimize)
    let n = model.addColumn(upper: 1e9, isInteger: true)
    model.addRow([.init(3, n)], lower: 3_000_000, upper: 3_000_000)
    #expect(model.isFeasible([1_000_000]))
    #expect(!model.isFeasible([1_000_001]))
    #expect(!model.isFeasible([999_999.9999999]))
  }

  @Test func `a row of fractions is allowed what floating point costs`() {
    var model = LinearModel(.minimize)
    let x = model.addColumn(upper: 10)
    model.addRow([.init(0.1, x)], upper: 0.3)
    #expect(model.isFeasible([3.0000001]))
    #expect(!model.isFeasible([3.001]))
  }

  @Test func `a point with a wrong number of values is not feasible`() {
    var model = LinearModel(.minimize)
    _ = model.addColumn()
    #expect(!model.isFeasible([]))
  }
}
