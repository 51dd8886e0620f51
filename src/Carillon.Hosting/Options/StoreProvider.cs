namespace Carillon.Hosting;

/// <summary>Which store a node records in.</summary>
public enum StoreProvider
{
    /// <summary>A file in the data directory; one node.</summary>
    Sqlite,

    /// <summary>A PostgreSQL database; any number of nodes.</summary>
    Postgresql,
}
