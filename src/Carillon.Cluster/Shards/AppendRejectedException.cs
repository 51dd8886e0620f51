namespace Carillon.Cluster;

/// <summary>The store refused a value of a batch (SQLSTATE class 22 or 23, or SQLITE_CONSTRAINT); nothing of it is recorded.</summary>
public sealed class AppendRejectedException : Exception
{
    /// <inheritdoc/>
    public AppendRejectedException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
