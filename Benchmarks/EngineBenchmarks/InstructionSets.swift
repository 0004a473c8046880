import Foundation
import Tensors

/// The instruction sets that kernels are compiled for, each of which needs a process of its own.
enum InstructionSets {
  /// The variable that forces one.
  static let variable = "SENTIMENT_KERNELS"

  /// Best first; a processor that has one has those behind it.
  private static let all = ["avx512-bf16", "avx512", "avx2", "portable"]

  /// Those to measure: the ones that are asked for, or the one that the environment forces, or all of the processor's.
  ///
  /// The portable kernels run everywhere, and are measured unasked only where there is nothing else.
  ///
  /// - Throws: ``BenchmarkError/unknownKernels(_:known:)``.
  static func chosen(_ names: String?) throws -> [String] {
    let isForced = ProcessInfo.processInfo.environment[variable] != nil
    let available = Array(all.drop { $0 != Engine.instructionSet })
    guard let names else {
      return isForced || available.count < 2 ? [Engine.instructionSet] : available.filter { $0 != "portable" }
    }
    let asked = names.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    let unknown = asked.filter { !available.contains($0) }
    guard unknown.isEmpty else { throw BenchmarkError.unknownKernels(unknown, known: available) }
    return available.filter(asked.contains)
  }

  /// What keeps PyTorch and its libraries to the instruction set in use, so that a ratio compares like with like.
  static var twinEnvironment: [String: String] {
    let (pytorch, mkl, oneDNN) =
      switch Engine.instructionSet {
      case "avx512-bf16": ("avx512", "AVX512", "AVX512_CORE_BF16")
      case "avx512": ("avx512", "AVX512", "AVX512_CORE_VNNI")
      case "avx2": ("avx2", "AVX2", "AVX2")
      default: ("default", "SSE4_2", "SSE41")
      }
    return [
      "ATEN_CPU_CAPABILITY": pytorch, "MKL_ENABLE_INSTRUCTIONS": mkl, "ONEDNN_MAX_CPU_ISA": oneDNN,
      "DNNL_MAX_CPU_ISA": oneDNN,
    ]
  }
}
