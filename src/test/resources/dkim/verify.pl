# Verifies every signature of every *.eml in a folder with Mail::DKIM; keys.txt has "name<TAB>record" lines.
use strict;
use warnings;
use Mail::DKIM::Verifier;
use Mail::DKIM::DNS;

my ($folder) = @ARGV;
my %keys;
open my $list, '<', "$folder/keys.txt" or die;
while (<$list>) { chomp; my ($name, $record) = split /\t/, $_, 2; $keys{$name} = $record; }

package Answer { sub new { bless {text => $_[1]}, $_[0] } sub type { 'TXT' } sub char_str_list { $_[0]{text} } sub txtdata { $_[0]{text} } }
no warnings 'redefine';
*Mail::DKIM::DNS::query = sub { my ($name) = @_; my $r = $keys{$name}; return $r ? (Answer->new($r)) : () };
*Mail::DKIM::DNS::query_async = sub { my ($name, $type, %p) = @_; my @r = Mail::DKIM::DNS::query($name); my @out = $p{Callbacks}{Success}->(@r); return sub { wantarray ? @out : $out[0] } };

for my $file (sort glob "$folder/*.eml") {
  open my $in, '<:raw', $file or die;
  local $/;
  my $verifier = Mail::DKIM::Verifier->new;
  $verifier->PRINT(scalar <$in>);
  $verifier->CLOSE;
  my ($base) = $file =~ m{([^/]+)$};
  print "$base\t", join(',', map { $_->result eq 'pass' ? 'pass' : $_->result_detail } $verifier->signatures), "\n";
}
