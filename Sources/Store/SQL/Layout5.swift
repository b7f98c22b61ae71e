/// The fifth layout: components.
enum Layout5 {
    /// At most one component has the place that an instance has for one. The lines of components' files are no templates
    /// of the catalog, which counts its own by an index alone.
    static let sql = """
        ALTER TABLE targets ADD COLUMN attachment TEXT;
        CREATE UNIQUE INDEX targets_by_attachment ON targets (attachment) WHERE attachment IS NOT NULL;
        CREATE INDEX templates_by_kind ON templates (kind, name);
        ALTER TABLE versions ADD COLUMN takes_components INTEGER NOT NULL DEFAULT 0;
        """
}
