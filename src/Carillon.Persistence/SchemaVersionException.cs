namespace Carillon.Persistence;

/// <summary>
/// The store's schema is not the one this build works with. The message names both versions and what to do.
/// </summary>
public sealed class SchemaVersionException : Exception
{
    /// <inheritdoc/>
    public SchemaVersionException(string message)
        : base(message)
    {
    }
}
