------------------------------ MODULE Stripes ------------------------------
(* The counter of a link that too many pushes meet at the same moment.        *)
(*                                                                            *)
(* A hot link gets stripes.  A push may then count at one of them instead of  *)
(* the link; whoever counts off does it at the link, which may so come below  *)
(* zero: the sum is what counts.  Nobody decides by the sum.  The collector   *)
(* takes the stripes away first (Fold), what they counted becomes the link's, *)
(* and then it judges a link like any other.                                  *)
(*                                                                            *)
(* A check of the whole registry lowers a count that is too high only behind  *)
(* a fence, which every change of that count takes off.  A count at a stripe  *)
(* does not touch the link; so it is Fold that takes the fence off.           *)
(*                                                                            *)
(* Every action is ONE transaction; collector and check act on what they read *)
(* at any earlier time.  No clocks.                                           *)
EXTENDS Integers, FiniteSets
CONSTANTS Mans,    \* manifests that name the blob
          Stripes,
          Pushes,  \* how often manifests may be put (bounds the model)
          Bugs     \* set of mutants, {} = the design
Bug(x) == x \in Bugs
VARIABLES link,    \* is it there, its own count, is it a candidate, has it stripes, is it fenced
          S,       \* stripes: -1 is not there
          In,      \* manifests that are there
          gl,      \* what the collector has read
          fs,      \* what the check has read
          left
vars == <<link,S,In,gl,fs,left>>
Gone == [ex |-> FALSE, refs |-> 0, hint |-> FALSE, striped |-> FALSE, fence |-> FALSE]
None == [k \in Stripes |-> -1]
Gl0 == [st |-> "idle", S |-> None]
Fs0 == [st |-> "idle", n |-> 0, refs |-> 0]
Init == link = Gone /\ S = None /\ In = {} /\ gl = Gl0 /\ fs = Fs0 /\ left = Pushes
Sum(s) == LET RECURSIVE T(_)
              T(ks) == IF ks = {} THEN 0
                       ELSE LET k == CHOOSE k \in ks : TRUE
                            IN (IF s[k] > 0 THEN s[k] ELSE 0) + T(ks \ {k})
          IN T(Stripes)
Total == link.refs + Sum(S)
-----------------------------------------------------------------------------
(* The blob comes: a link is a candidate from its birth (R3). *)
Create == /\ ~link.ex /\ left > 0
          /\ link' = [Gone EXCEPT !.ex = TRUE, !.hint = TRUE] /\ UNCHANGED <<S,In,gl,fs,left>>
(* Update link striped cond exists, not striped; Put every stripe cond not exists *)
Split == /\ link.ex /\ ~link.striped /\ left > 0
         /\ link' = [link EXCEPT !.striped = TRUE] /\ S' = [k \in Stripes |-> 0]
         /\ UNCHANGED <<In,gl,fs,left>>
Put(m) == m \notin In /\ left > 0 /\ left' = left - 1 /\ In' = In \cup {m} /\ UNCHANGED <<gl,fs>>
(* R1  Update link refs + 1, no candidate any more, cond exists: with stripes or without *)
Count(m) == /\ Put(m) /\ link.ex
            /\ link' = [link EXCEPT !.refs = @ + 1, !.hint = FALSE, !.fence = FALSE]
            /\ UNCHANGED S
(* R1  Update stripe refs + 1 cond exists *)
CountAt(m, k) == /\ Put(m) /\ (S[k] >= 0 \/ Bug("NoStripeCheck"))
                 /\ S' = [S EXCEPT ![k] = IF @ < 0 THEN 1 ELSE @ + 1] /\ UNCHANGED link
(* R2  Update link refs - 1, a candidate now, cond refs > 0 or striped *)
Uncount(m) ==
  /\ m \in In /\ link.ex /\ (link.refs > 0 \/ link.striped)
  /\ link' = [link EXCEPT !.refs = @ - 1, !.fence = FALSE,
                          !.hint = IF Bug("HintAtZeroOnly") THEN @ \/ link.refs = 1 ELSE TRUE]
  /\ In' = In \ {m} /\ UNCHANGED <<S,gl,fs,left>>
-----------------------------------------------------------------------------
(* One read of link and stripes at one moment *)
GcRead == /\ gl.st = "idle" /\ link.ex /\ link.hint
          /\ gl' = [st |-> IF link.striped /\ ~Bug("NeverFolded") THEN "fold"
                           ELSE IF Total = 0 THEN "del" ELSE "keep",
                    S |-> S]
          /\ UNCHANGED <<link,S,In,fs,left>>
(* Update link refs + what the stripes have, not striped, a candidate cond striped;      *)
(* Delete every stripe cond refs = :seen                                                 *)
GcFold == /\ gl.st = "fold" /\ gl' = Gl0
          /\ IF link.striped /\ (S = gl.S \/ Bug("FoldUnseen"))
             THEN /\ link' = [link EXCEPT !.refs = @ + Sum(gl.S), !.striped = FALSE, !.hint = TRUE,
                                          !.fence = @ /\ Bug("FoldKeepsFence")]
                  /\ S' = None
             ELSE UNCHANGED <<link,S>>
          /\ UNCHANGED <<In,fs,left>>
(* R4  Delete link cond refs = 0, not striped *)
GcDelete == /\ gl.st = "del" /\ gl' = Gl0
            /\ link' = IF link.ex /\ link.refs = 0 /\ (~link.striped \/ Bug("DeleteStriped"))
                       THEN Gone ELSE link
            /\ UNCHANGED <<S,In,fs,left>>
(* Update link no candidate cond refs > 0 *)
GcKeep == /\ gl.st = "keep" /\ gl' = Gl0
          /\ link' = IF link.ex /\ (link.refs > 0 \/ Bug("KeepUnasked"))
                     THEN [link EXCEPT !.hint = FALSE] ELSE link
          /\ UNCHANGED <<S,In,fs,left>>
-----------------------------------------------------------------------------
(* Update link fence cond exists *)
FsckFence == /\ fs.st = "idle" /\ link.ex /\ ~link.striped /\ left > 0
             /\ link' = [link EXCEPT !.fence = TRUE, !.hint = TRUE]
             /\ fs' = [Fs0 EXCEPT !.st = "count"] /\ UNCHANGED <<S,In,gl,left>>
(* A walk reads the manifests, and the link at another moment. *)
FsckCount == /\ fs.st = "count" /\ fs' = [fs EXCEPT !.st = "read", !.n = Cardinality(In)]
             /\ UNCHANGED <<link,S,In,gl,left>>
FsckRead == /\ fs.st = "read"
            /\ fs' = IF link.ex /\ ~link.striped /\ link.refs > fs.n
                     THEN [fs EXCEPT !.st = "lower", !.refs = link.refs] ELSE Fs0
            /\ UNCHANGED <<link,S,In,gl,left>>
(* Update link refs = :counted cond refs = :seen, fence *)
FsckLower == /\ fs.st = "lower" /\ fs' = Fs0
             /\ link' = IF link.ex /\ link.fence /\ link.refs = fs.refs
                        THEN [link EXCEPT !.refs = fs.n, !.fence = FALSE] ELSE link
             /\ UNCHANGED <<S,In,gl,left>>
-----------------------------------------------------------------------------
Next == \/ Create \/ Split \/ GcRead \/ GcFold \/ GcDelete \/ GcKeep
        \/ FsckFence \/ FsckCount \/ FsckRead \/ FsckLower
        \/ \E m \in Mans : Count(m) \/ Uncount(m) \/ \E k \in Stripes : CountAt(m, k)
Spec == Init /\ [][Next]_vars
FairSpec == Spec /\ SF_vars(GcRead) /\ WF_vars(GcFold) /\ WF_vars(GcDelete) /\ WF_vars(GcKeep)
-----------------------------------------------------------------------------
(* What a manifest names is there. *)
I1 == In # {} => link.ex
(* The sum is exact, and stripes are there exactly while the link says so. *)
Counts == /\ link.ex => Total = Cardinality(In)
          /\ \A k \in Stripes : S[k] >= 0 <=> link.striped
          /\ link.striped => link.ex
(* What nothing names is a candidate. *)
I6 == (link.ex /\ Total = 0) => link.hint
(* Garbage dies: when pushes end and nothing names it, it goes. *)
I2 == <>[](left = 0 /\ In = {}) => <>[](~link.ex)
=============================================================================
