import Catalog
import Documents
import Foundation

/// A bundle's place in a tree that template sync would read.
struct FoundBundle {
    var path: String
    var template: String
    var major: Int
}

extension Engine {
    /// Every `<template>/v<major>` with a schema in it, in the order of their paths.
    static func bundleDirectories(below path: String) throws(Refusal) -> [FoundBundle] {
        let files = FileManager.default
        var isDirectory: ObjCBool = false
        guard files.fileExists(atPath: path, isDirectory: &isDirectory), isDirectory.boolValue else {
            throw Refusal("import.path", "\(path) must be a directory, but is not there or is a file.")
        }
        var found: [FoundBundle] = []
        // Template sync allows a subdirectory above the templates; three levels are more than anybody has used.
        func walk(_ directory: String, depth: Int) {
            guard let names = try? files.contentsOfDirectory(atPath: directory).sorted() else { return }
            for name in names where !name.hasPrefix(".") {
                let child = "\(directory)/\(name)"
                if name.hasPrefix("v"), let major = VersionNumber.part(name.dropFirst()),
                    files.fileExists(atPath: "\(child)/schema/schema.yaml")
                {
                    let template = (directory as NSString).lastPathComponent
                    found.append(FoundBundle(path: child, template: template, major: major))
                } else if depth < 4, files.fileExists(atPath: child, isDirectory: &isDirectory), isDirectory.boolValue {
                    walk(child, depth: depth + 1)
                }
            }
        }
        walk(path, depth: 0)
        return found
    }
}
