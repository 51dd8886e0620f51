namespace Carillon.Hosting;

/// <summary>The settings of a node are wrong.</summary>
public sealed class CarillonOptionsException : Exception
{
    /// <summary>Names every problem.</summary>
    public CarillonOptionsException(IReadOnlyList<OptionsProblem> problems)
        : base(string.Join(Environment.NewLine, problems.Select(static problem => problem.Sentence)))
    {
        Problems = problems;
    }

    /// <summary>All problems; at least one.</summary>
    public IReadOnlyList<OptionsProblem> Problems { get; }
}
