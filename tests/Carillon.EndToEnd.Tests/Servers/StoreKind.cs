namespace Carillon.EndToEnd.Tests.Servers;

/// <summary>Which store a node records in.</summary>
public enum StoreKind
{
    Sqlite,
    PostgreSql,
}
