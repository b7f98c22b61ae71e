package import Documents

extension Schema {
    /// Which of the branches a value stands for: one that accepts it, the one whose sign it bears, else the nearest.
    package func branch(for value: Value, among branches: [Field.Branch]) -> Int? {
        var check = Check(quick, direction: .write, limit: 20)
        return check.likeliest(value, branches.map(\.node))
    }

    /// What a branch that was chosen has against the value at `pointer`; sentences speak of the value's members.
    ///
    /// - Parameter whole: The inputs that the value is part of: what they hide is not asked for.
    package func findings(
        of value: Value, at pointer: Pointer, as branch: Field.Branch, in whole: Value
    ) -> [Finding] {
        var check = Check(quick, direction: .write, limit: 20)
        check.path = pointer.steps.map { .member($0, title: nil) }
        check.labelStart = check.path.count
        if hasConditions { check.hidden = visible(whole).hidden }
        _ = check.check(value, branch.node)
        return check.faults.map(\.finding)
    }
}
