/// The fifth layout: components.
enum Layout5 {
    /// `joined` of an instance is the component that it was deployed with. At most one component has the place that an
    /// instance has for one. The lines of components' files are no templates of the catalog, which lists and counts its
    /// own by an index alone.
    static let sql = """
        ALTER TABLE targets ADD COLUMN attachment TEXT;
        ALTER TABLE targets ADD COLUMN joined TEXT;
        CREATE INDEX targets_by_joined ON targets (joined) WHERE joined IS NOT NULL;
        CREATE UNIQUE INDEX targets_by_attachment ON targets (attachment) WHERE attachment IS NOT NULL;
        CREATE INDEX templates_by_name ON templates (name, kind);
        ALTER TABLE versions ADD COLUMN takes_components INTEGER NOT NULL DEFAULT 0;
        """
}
