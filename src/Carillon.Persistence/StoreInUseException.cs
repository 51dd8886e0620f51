namespace Carillon.Persistence;

/// <summary>Another process holds the data directory of an embedded store. The message names the lock file.</summary>
public sealed class StoreInUseException : Exception
{
    /// <inheritdoc/>
    public StoreInUseException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
