package import Catalog
import GRDB

/// Specs as they were.
extension Store {
    /// The spec that a target was asked to have by a revision; `nil` where nobody knows any more.
    package func spec(of target: Target, revision: Int) throws(StoreError) -> String? {
        try read { try $0.spec(of: target, revision: revision) }
    }

    package func spec(ofService name: String, revision: Int) throws(StoreError) -> String? {
        try read { try $0.serviceSpec(name, revision: revision) }
    }

    /// The service that goes with the last target of an order; `nil` for an order that destroys no whole service.
    package func destroyedService(by order: Order.ID) throws(StoreError) -> String? {
        try read { try $0.text("SELECT destroys_service FROM orders WHERE id = ?", [order.number]) }
    }
}
