namespace Carillon.Persistence;

/// <summary>The directory of an embedded store cannot be made or written. The message names it and the reason.</summary>
public sealed class DataDirectoryException : Exception
{
    /// <inheritdoc/>
    public DataDirectoryException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
