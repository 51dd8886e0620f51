namespace Carillon.Hosting;

/// <summary>The settings of a node are wrong.</summary>
public sealed class CarillonOptionsException : Exception
{
    /// <summary>Names every problem.</summary>
    public CarillonOptionsException(IReadOnlyList<string> problems)
        : base(string.Join(Environment.NewLine, problems))
    {
        Problems = problems;
    }

    /// <summary>One sentence each: the key, the value, and what is allowed.</summary>
    public IReadOnlyList<string> Problems { get; }
}
