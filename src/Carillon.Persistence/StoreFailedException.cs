namespace Carillon.Persistence;

/// <summary>An embedded store cannot go on, and a person can mend it. The message names the file and what to do.</summary>
public sealed class StoreFailedException : Exception
{
    /// <inheritdoc/>
    public StoreFailedException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
