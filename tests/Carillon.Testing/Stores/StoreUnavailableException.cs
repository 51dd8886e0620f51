namespace Carillon.Testing;

/// <summary>A call to the simulated store failed; whether it did its work is not known to the caller.</summary>
public sealed class StoreUnavailableException : Exception
{
    /// <inheritdoc/>
    public StoreUnavailableException(string call)
        : base($"the simulated store failed the call '{call}'")
    {
    }
}
