using Carillon.Hosting;
using Carillon.Model;
using Carillon.Node.Hocon;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Carillon.Node.Tests;

/// <summary>What docs/jobs.md shows can be copied: every example starts a node.</summary>
public sealed class DocumentationTests
{
    private const string Begin = "```hocon\n";

    public static TheoryData<string> Examples()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Parent!.Parent!.Parent!;
        var text = File.ReadAllText(Path.Combine(folder.FullName, "docs", "jobs.md"));
        return [.. text.Split(Begin).Skip(1).Select(static after => after[..after.IndexOf("```", StringComparison.Ordinal)])];
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_is_taken_and_keeps_its_references(string hocon)
    {
        var config = ConfigSchema.For<CarillonOptions>("carillon").Flatten(HoconDocument.Parse(hocon, "jobs.md", static _ => "a value").Root);
        Assert.Empty(config.Problems);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddConfigValues(config.Values);

        builder.AddCarillon();

        using var host = builder.Build();
        var run = Assert.Single(host.Services.GetRequiredService<CarillonOptions>().Jobs).Run;
        Assert.Contains(run.Headers.Values.Concat(run.Env.Values), EnvironmentReference.IsReference);
    }
}
