namespace Carillon.Model;

/// <summary>A pause set by a person, or by the node that no longer finds a job declared.</summary>
/// <param name="Reason">One sentence; shown with every skipped occurrence.</param>
/// <param name="Author">Who paused it: a token's name, or the node.</param>
/// <param name="At">Since when.</param>
public sealed record JobPause(string Reason, string Author, DateTimeOffset At)
{
    /// <summary>The reason of a job that was declared once and that no live node declares any more.</summary>
    public const string Undeclared = "undeclared";

    /// <summary>Whether the job stands still because nobody declares it.</summary>
    public bool IsUndeclared => string.Equals(Reason, Undeclared, StringComparison.Ordinal);
}
