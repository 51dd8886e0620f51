namespace Carillon.Scheduling;

/// <summary>A cursor was not one that a page of the same list gave.</summary>
public sealed class InvalidCursorException : Exception
{
    /// <inheritdoc/>
    public InvalidCursorException(string cursor)
        : base($"cursor '{cursor}' is not valid: pass the next_cursor of the page before, unchanged, with the same filters")
    {
    }
}
