import Store

extension Engine {
    /// Something was committed, by this process or another; several commits can be one element.
    package func changes() throws(Refusal) -> AsyncStream<Void> {
        try refusing { try store.changes() }
    }
}
