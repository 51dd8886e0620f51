namespace Carillon.Persistence;

/// <summary>The database server cannot be reached, or refuses the node. The message says what to check.</summary>
public sealed class StoreUnreachableException : Exception
{
    /// <inheritdoc/>
    public StoreUnreachableException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
