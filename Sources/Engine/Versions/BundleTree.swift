import Catalog
import Documents
import Foundation

/// A bundle's place in a tree that template sync would read.
struct FoundBundle {
    var path: String
    var template: String
    var major: Int
}

/// What a tree holds: bundles where they should be, and what is skipped with the reason.
struct BundleTree {
    private(set) var bundles: [FoundBundle] = []
    private(set) var skipped: [(path: String, finding: Finding)] = []

    /// Walks `<template>/v<major>` in the order of the paths.
    init(below path: String) throws(Refusal) {
        guard Self.isDirectory(path) else {
            throw Refusal("import.path", "\(path) must be a directory, but is not there or is a file.")
        }
        guard let names = Self.directories(in: path) else {
            throw Refusal("import.path", "\(path) could not be read.", hint: "Check its rights.")
        }
        for name in names { walk("\(path)/\(name)", name, in: (path as NSString).lastPathComponent, depth: 0) }
    }

    private static func isDirectory(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
    }

    private static func directories(in path: String) -> [String]? {
        let names = try? FileManager.default.contentsOfDirectory(atPath: path)
        return names?.sorted().filter { !$0.hasPrefix(".") && isDirectory("\(path)/\($0)") }
    }

    /// Template sync allows a subdirectory above the templates; three levels are more than anybody has used.
    private mutating func walk(_ path: String, _ name: String, in template: String, depth: Int) {
        let hasSchema = FileManager.default.fileExists(atPath: "\(path)/schema/schema.yaml")
        if Self.looksLikeVersion(name) {
            guard let major = VersionNumber.part(name.dropFirst()), major > 0 else {
                return skip(
                    path, "A version's directory must be v and a whole number from 1, but is \(name).",
                    hint: "Rename it, such as to v1; minors are counted by themselves.")
            }
            guard hasSchema else {
                return skip(
                    path, "A version's directory must hold schema/schema.yaml, but does not.",
                    hint: "Add it, or move the bundle right below \(name).")
            }
            return bundles.append(FoundBundle(path: path, template: template, major: major))
        }
        if hasSchema {
            return skip(
                path, "A bundle must stand in a version's directory, but stands in \(name).",
                hint: "Move it to \(name)/v1.")
        }
        let before = (bundles.count, skipped.count)
        let names = Self.directories(in: path) ?? []
        if depth < 4 { for child in names { walk("\(path)/\(child)", child, in: name, depth: depth + 1) } }
        guard before == (bundles.count, skipped.count), depth == 0 else { return }
        let isPart = names.contains { $0.hasSuffix("infrastructure") || $0 == "schema" }
        skip(
            path, "No <template>/v<major>/ with a schema/schema.yaml stands in this directory.",
            hint: isPart ? "Move its bundle to \(name)/v1." : "Leave it, if no template is meant to be there.",
            isPart ? .error : .warning)
    }

    /// `v1`, `v0`, `v1.5`, `V2`.
    private static func looksLikeVersion(_ name: String) -> Bool {
        guard name.first == "v" || name.first == "V", let next = name.dropFirst().first else { return false }
        return next.isASCII && next.isNumber
    }

    private mutating func skip(
        _ path: String, _ message: String, hint: String, _ severity: Finding.Severity = .error
    ) {
        skipped.append((path, Finding("import.skipped", severity, message, hint: hint, place: Place(file: path))))
    }
}
