using Carillon.Hosting;
using Carillon.Node.Hocon;
using Carillon.Node.Samples;

namespace Carillon.Node;

/// <summary>A node whose configuration has been read and found right. Nothing of it has started.</summary>
/// <param name="Builder">The host it will run in.</param>
/// <param name="Options">Its settings.</param>
internal sealed record ConfiguredNode(WebApplicationBuilder Builder, CarillonOptions Options)
{
    private const string Section = "carillon";

    /// <summary>A root key for what substitutions refer to; it may hold anything.</summary>
    private const string Variables = "vars";

    private static readonly ConfigSchema Schema = ConfigSchema.For<CarillonOptions>(Section, Variables);

    /// <summary>Reads file, environment and command line, and checks all of it.</summary>
    /// <exception cref="InvalidConfigException">Something is wrong; every problem is named with its place.</exception>
    public static ConfiguredNode Create(NodeArguments arguments)
    {
        var config = LayeredConfig.Read(Schema, Section, arguments.File, arguments.Variables, arguments.Settings);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(ConfiguredNode).Assembly.GetName().Name });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddConfigValues(config.Values);

        var options = new CarillonOptions();
        IReadOnlyList<OptionsProblem> wrong = [];
        try
        {
            builder.AddCarillon(Section, carillon =>
            {
                SampleJobs.Register(carillon, TimeProvider.System, new Random());
                carillon.Configure(bound => options = bound);
            });
        }
        catch (CarillonOptionsException error)
        {
            wrong = error.Problems;
        }

        if (ListenUrls.Problem(options) is { } missing)
        {
            wrong = [.. wrong, missing];
        }

        ConfigProblem[] problems = [.. config.Problems, .. wrong.Where(problem => !FollowsFrom(config.Problems, problem)).Select(problem => Located(config, problem))];
        return problems.Length == 0 ? new ConfiguredNode(builder, options) : throw new InvalidConfigException(problems);
    }

    private static ConfigProblem Located(LayeredConfig config, OptionsProblem problem)
    {
        return config.OriginOf(problem.Key) is { } origin
            ? new ConfigProblem(problem.Key, origin, $"{origin}: {problem.Sentence}")
            : new ConfigProblem(problem.Key, HoconOrigin.Of(problem.Key), problem.Sentence);
    }

    /// <summary>
    /// Whether a problem may only be there because another value of the same group, or of the same job, could not be
    /// read.
    /// </summary>
    private static bool FollowsFrom(IReadOnlyList<ConfigProblem> unreadable, OptionsProblem problem)
    {
        var group = Group(problem.Key);
        return unreadable.Any(p => Group(p.Path) is var other && (!other.Contains('.', StringComparison.Ordinal) || string.Equals(other, group, StringComparison.Ordinal)));
    }

    private static string Group(string path)
    {
        var keys = path.Split('.');
        return string.Join('.', keys.Take(keys is [_, "jobs", ..] ? 3 : 2));
    }
}
