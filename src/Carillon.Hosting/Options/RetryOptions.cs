using Carillon.Model;

namespace Carillon.Hosting;

/// <summary>The keys of <c>retry</c> of a declared job. They mean what <see cref="RetryPolicy"/> says.</summary>
public sealed class RetryOptions
{
    /// <summary><see cref="RetryPolicy.Attempts"/>.</summary>
    public int Attempts { get; set; }

    /// <summary><see cref="RetryPolicy.Strategy"/>.</summary>
    public RetryStrategy Strategy { get; set; } = RetryStrategy.Exponential;

    /// <summary><see cref="RetryPolicy.WaitMin"/>.</summary>
    public TimeSpan WaitMin { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary><see cref="RetryPolicy.WaitMax"/>.</summary>
    public TimeSpan WaitMax { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary><see cref="RetryPolicy.Only"/>.</summary>
    public IList<string> Only { get; set; } = [];

    /// <summary><see cref="RetryPolicy.Except"/>.</summary>
    public IList<string> Except { get; set; } = [];

    internal RetryPolicy ToPolicy()
    {
        return new RetryPolicy
        {
            Attempts = Attempts,
            Strategy = Strategy,
            WaitMin = WaitMin,
            WaitMax = WaitMax,
            Only = [.. Only],
            Except = [.. Except],
        };
    }
}
