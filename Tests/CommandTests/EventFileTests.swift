import Foundation
import Testing

@testable import ToolSupport

@Suite struct EventFileTests {
  /// Check values of RFC 3720, appendix B.4, and of the usual nine digits.
  @Test func checksums() {
    #expect(MaskedChecksum.crc32c("123456789".utf8) == 0xE306_9283)
    #expect(MaskedChecksum.crc32c([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
    #expect(MaskedChecksum.crc32c([UInt8](repeating: 0xFF, count: 32)) == 0x62A8_AB43)
    #expect(MaskedChecksum.crc32c(0..<32) == 0x46DD_794E)
    #expect(MaskedChecksum.crc32c([UInt8]()) == 0)
  }

  @Test func varintsAndNegativeNumbers() {
    var message = ProtobufMessage()
    message.add(1, integer: 300)
    message.add(2, integer: -1)
    #expect(message.bytes == [0x08, 0xAC, 0x02, 0x10] + [UInt8](repeating: 0xFF, count: 9) + [0x01])
  }

  @Test func whatIsWrittenIsReadBack() throws {
    try CommandBench.use { bench in
      let file = try EventFile(in: bench.folder.path, seconds: 1_700_000_000.5)
      #expect(URL(fileURLWithPath: file.path).lastPathComponent.hasPrefix("events.out.tfevents.1700000000."))
      try file.write([("loss/training", 1.5), ("learning_rate", 5e-4)], step: 100, seconds: 1_700_000_001)
      try file.write([("loss/training", .nan)], step: 3_000_000_000, seconds: 1_700_000_002)
      let events = try EventDecoder.events(Data(contentsOf: URL(fileURLWithPath: file.path)))
      #expect(events.count == 3)
      #expect(events[0].version == "brain.Event:2" && events[0].seconds == 1_700_000_000.5)
      #expect(events[1].step == 100 && events[1].seconds == 1_700_000_001)
      #expect(events[1].scalars["loss/training"] == 1.5 && events[1].scalars["learning_rate"] == Float(5e-4))
      #expect(events[2].step == 3_000_000_000 && events[2].scalars["loss/training"]?.isNaN == true)
    }
  }

  @Test func twoRunsInOneSecondHaveFilesOfTheirOwn() throws {
    try CommandBench.use { bench in
      let first = try EventFile(in: bench.folder.path, seconds: 1_700_000_000)
      let second = try EventFile(in: bench.folder.path, resumingAt: 40, seconds: 1_700_000_000)
      #expect(first.path != second.path)
      let events = try EventDecoder.events(Data(contentsOf: URL(fileURLWithPath: second.path)))
      #expect(events.count == 2 && events[1].step == 41 && events[1].startsSession)
    }
  }

  @Test func damageIsNoticedByTheChecksums() throws {
    let record = EventFile.record([1, 2, 3, 4, 5])
    for position in record.indices {
      var damaged = record
      damaged[position] ^= 0x10
      #expect(throws: (any Error).self, "byte \(position)") { try EventDecoder.records(Data(damaged)) }
    }
    #expect(try EventDecoder.records(Data(record)) == [Data([1, 2, 3, 4, 5])])
  }
}

/// A reader of event files of its own, written after the formats rather than after the writer.
enum EventDecoder {
  struct Event {
    var seconds = 0.0
    var step: Int64 = 0
    var version: String?
    var startsSession = false
    var scalars: [String: Float] = [:]
  }

  struct Damage: Error { var place: Int }

  static func records(_ data: Data) throws -> [Data] {
    var records: [Data] = []
    var place = 0
    func number<Number: FixedWidthInteger>(_ type: Number.Type) throws -> Number {
      let end = place + Number.bitWidth / 8
      guard end <= data.count else { throw Damage(place: place) }
      defer { place = end }
      return data[place..<end].reversed().reduce(0) { $0 << 8 | Number($1) }
    }
    func check(_ bytes: Data) throws {
      // Bit by bit, from the polynomial itself.
      var crc = ~UInt32(0)
      for byte in bytes {
        crc ^= UInt32(byte)
        for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0x82F6_3B78 : crc >> 1 }
      }
      crc = ~crc
      guard try number(UInt32.self) == (crc >> 15 | crc << 17) &+ 0xA282_EAD8 else { throw Damage(place: place) }
    }
    while place < data.count {
      let start = place
      let length = try number(UInt64.self)
      try check(data[start..<start + 8])
      guard length <= UInt64(data.count - place) else { throw Damage(place: place) }
      let bytes = data[place..<place + Int(length)]
      place += Int(length)
      try check(bytes)
      records.append(Data(bytes))
    }
    return records
  }

  static func events(_ data: Data) throws -> [Event] {
    try records(data).map { record in
      var event = Event()
      for (field, value) in try fields(record) {
        switch (field, value) {
        case (1, .eight(let bits)): event.seconds = Double(bitPattern: bits)
        case (2, .varint(let step)): event.step = Int64(bitPattern: step)
        case (3, .bytes(let text)): event.version = String(decoding: text, as: UTF8.self)
        case (5, .bytes(let summary)):
          for case (1, .bytes(let entry)) in try fields(summary) {
            var tag = ""
            var scalar: Float?
            for member in try fields(entry) {
              switch member {
              case (1, .bytes(let text)): tag = String(decoding: text, as: UTF8.self)
              case (2, .four(let bits)): scalar = Float(bitPattern: bits)
              default: throw Damage(place: member.0)
              }
            }
            event.scalars[tag] = scalar
          }
        case (7, .bytes(let session)):
          for case (1, .varint(1)) in try fields(session) { event.startsSession = true }
        default: throw Damage(place: field)
        }
      }
      return event
    }
  }

  private enum Value {
    case varint(UInt64), eight(UInt64), four(UInt32), bytes(Data)
  }

  private static func fields(_ message: Data) throws -> [(Int, Value)] {
    let bytes = Array(message)
    var found: [(Int, Value)] = []
    var place = 0
    func varint() throws -> UInt64 {
      var value: UInt64 = 0
      for shift in stride(from: UInt64(0), to: 64, by: 7) {
        guard place < bytes.count else { throw Damage(place: place) }
        let byte = bytes[place]
        place += 1
        value |= UInt64(byte & 0x7F) << shift
        if byte < 0x80 { return value }
      }
      throw Damage(place: place)
    }
    func take(_ count: Int) throws -> ArraySlice<UInt8> {
      guard count >= 0, place + count <= bytes.count else { throw Damage(place: place) }
      defer { place += count }
      return bytes[place..<place + count]
    }
    while place < bytes.count {
      let key = try varint()
      let field = Int(key >> 3)
      switch key & 7 {
      case 0: found.append((field, .varint(try varint())))
      case 1: found.append((field, .eight(try take(8).reversed().reduce(0) { $0 << 8 | UInt64($1) })))
      case 2: found.append((field, .bytes(Data(try take(Int(try varint()))))))
      case 5: found.append((field, .four(try take(4).reversed().reduce(0) { $0 << 8 | UInt32($1) })))
      default: throw Damage(place: place)
      }
    }
    return found
  }
}
