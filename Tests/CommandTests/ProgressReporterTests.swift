import Synchronization
import Testing
import ToolSupport

@Suite struct ProgressReporterTests {
  /// A clock that is set by hand, and what was written.
  final class Stage: Sendable {
    private let state = Mutex((seconds: 0.0, text: ""))
    var seconds: Double {
      get { state.withLock { $0.seconds } }
      set { state.withLock { $0.seconds = newValue } }
    }
    var text: String { state.withLock { $0.text } }

    func reporter(_ style: ProgressReporter.Style) -> ProgressReporter {
      ProgressReporter(
        style: style, now: { [self] in seconds }, sink: { [self] text in state.withLock { $0.text += text } })
    }
  }

  private func training(_ step: Int, of total: Int? = 100) -> ProgressUpdate {
    ProgressUpdate(
      label: "training", completed: step, total: total, work: step * 10_000, loss: 1.2341, bitsPerCharacter: 1.7805)
  }

  @Test func plainLinesComeAtIntervalsAndAtTheEnd() {
    let stage = Stage()
    let reporter = stage.reporter(.plainLines(interval: 10))
    for step in 0...100 {
      stage.seconds = Double(step) / 5
      reporter.update(training(step))
    }
    reporter.finish()
    #expect(
      stage.text == """
        training 0%, 0/100 steps, loss 1.234, 1.780 bits/character
        training 50%, 50/100 steps, 50,000 characters/s, 10s left, loss 1.234, 1.780 bits/character
        training 100%, 100/100 steps, 50,000 characters/s, loss 1.234, 1.780 bits/character

        """)
  }

  @Test func theUpdatedLineIsRedrawnAndCut() {
    let stage = Stage()
    let reporter = stage.reporter(.updatedLine(width: 24))
    reporter.update(ProgressUpdate(label: "reading", completed: 1, total: 4, unit: "files"))
    stage.seconds = 0.05
    reporter.update(ProgressUpdate(label: "reading", completed: 2, total: 4, unit: "files"))
    stage.seconds = 2
    reporter.update(ProgressUpdate(label: "reading", completed: 3, total: 4, unit: "files"))
    reporter.message("skipped 1 row")
    stage.seconds = 3
    reporter.update(ProgressUpdate(label: "reading", completed: 4, total: 4, unit: "files"))
    reporter.finish()
    #expect(
      stage.text == "\rreading 25%, 1/4 files\u{1B}[K"
        + "\rreading 75%, 1.0 files/\u{1B}[K" + "\r\u{1B}[Kskipped 1 row\n"
        + "\rreading 100%, 1.0 files\u{1B}[K\n")
  }

  @Test func quietSaysNothing() {
    let stage = Stage()
    let reporter = stage.reporter(.quiet)
    reporter.update(training(1))
    reporter.message("a line")
    reporter.finish()
    #expect(stage.text.isEmpty)
  }

  @Test func workOfAnEarlierRunDoesNotCount() {
    let stage = Stage()
    let reporter = stage.reporter(.plainLines(interval: 10))
    reporter.update(training(80))
    stage.seconds = 10
    reporter.update(training(90))
    #expect(stage.text.contains("training 90%, 90/100 steps, 10,000 characters/s, 10s left,"))
  }

  @Test func theRateFollowsAChangeOfSpeed() {
    let stage = Stage()
    let reporter = stage.reporter(.plainLines(interval: 1000))
    var done = 0
    for second in 0...200 {
      stage.seconds = Double(second)
      done += second <= 100 ? 1 : 10
      reporter.update(ProgressUpdate(label: "reading", completed: done, unit: "rows"))
    }
    reporter.finish()
    #expect(stage.text.hasSuffix("reading 1,101 rows, 10 rows/s\n"))
  }

  @Test func aNewLabelClosesTheOldJob() {
    let stage = Stage()
    let reporter = stage.reporter(.plainLines(interval: 10))
    reporter.update(ProgressUpdate(label: "training", completed: 1, unit: "steps"))
    stage.seconds = 1
    reporter.update(ProgressUpdate(label: "training", completed: 3, unit: "steps"))
    reporter.update(ProgressUpdate(label: "validation", completed: 5, unit: "batches"))
    #expect(stage.text == "training 1 steps\ntraining 3 steps, 2.0 steps/s\nvalidation 5 batches\n")
  }
}
