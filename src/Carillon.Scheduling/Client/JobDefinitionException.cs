namespace Carillon.Scheduling;

/// <summary>A job definition is not valid.</summary>
public sealed class JobDefinitionException : Exception
{
    /// <summary>Names every problem.</summary>
    public JobDefinitionException(IReadOnlyList<string> problems)
        : base(string.Join("; ", problems))
    {
        Problems = problems;
    }

    /// <summary>One sentence each: the field, the value, and what is allowed.</summary>
    public IReadOnlyList<string> Problems { get; }
}
