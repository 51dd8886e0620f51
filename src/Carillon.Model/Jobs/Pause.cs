using System.Text.Json.Serialization;

namespace Carillon.Model;

/// <summary>
/// Why nothing runs by schedule: a pause of one job, set by a person or by the node that no longer finds the job
/// declared; or of the whole scheduler.
/// </summary>
/// <param name="Reason">One sentence.</param>
/// <param name="Author">Who paused it: a token's name, or the node.</param>
/// <param name="At">Since when.</param>
/// <param name="Until">When it ends by itself, or null when somebody must end it.</param>
public sealed record Pause(string Reason, string Author, DateTimeOffset At, DateTimeOffset? Until = null)
{
    /// <summary>The reason of a job that was declared once and that no live node declares any more.</summary>
    public const string Undeclared = "undeclared";

    /// <summary>Whether the job stands still because nobody declares it.</summary>
    [JsonIgnore]
    public bool IsUndeclared => string.Equals(Reason, Undeclared, StringComparison.Ordinal);

    /// <summary>Whether it has ended by itself at <paramref name="now"/>.</summary>
    public bool IsOver(DateTimeOffset now)
    {
        return Until <= now;
    }

    /// <summary>
    /// Whether it keeps <paramref name="occurrence"/>, about which is decided at <paramref name="now"/>, from running.
    /// While it lasts it keeps back everything that is due before its end; once it is over, what fell due inside it.
    /// </summary>
    public bool Covers(DateTimeOffset occurrence, DateTimeOffset now)
    {
        return (Until is null || occurrence < Until) && (occurrence >= At || !IsOver(now));
    }
}
