using Carillon.Model;

namespace Carillon.Hosting;

/// <summary>The keys of <c>start-limit</c> of a job or a queue: at most so many starts in any stretch of time of a length.</summary>
public sealed class StartLimitOptions
{
    /// <summary><see cref="StartLimit.Starts"/>. Required.</summary>
    public int Starts { get; set; }

    /// <summary><see cref="StartLimit.Per"/>. Required.</summary>
    public TimeSpan Per { get; set; }

    internal StartLimit ToLimit()
    {
        return new StartLimit { Starts = Starts, Per = Per };
    }
}
